import * as render from "../../../providers/render/index.ts";

new render.Environment("staging", {
  name: "staging",
  projectId: "prj-cjnxpl2jbr3s73f5q6p0",
  networkIsolationEnabled: true,
});
