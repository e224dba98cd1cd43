import { circleciProvider } from "../../providers/circleci/plugin/provider.ts";
import { describeClasses } from "./provider-classes.ts";

describeClasses(circleciProvider, new URL("../../providers/circleci/", import.meta.url));
