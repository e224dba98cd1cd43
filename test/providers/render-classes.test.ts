import { renderProvider } from "../../providers/render/plugin/provider.ts";
import { describeClasses } from "./provider-classes.ts";

describeClasses(renderProvider, new URL("../../providers/render/", import.meta.url));
