import * as render from "../../../providers/render/index.ts";

const owner = await render.getOwner({ name: "Acme" });

export const ownerId = owner.id;
