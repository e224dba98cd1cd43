import * as render from "../../../providers/render/index.ts";

const service = await render.getService({ name: "site-production" });

export const liveImage = service.liveImage;
