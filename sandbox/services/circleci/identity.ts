/** Who the sandbox's account is on CircleCI. Ids are derived from names, so that they are the same on every run. */
import { createHash } from "node:crypto";
import type { Organization } from "./model.ts";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FRAGMENT_LENGTH = 22;

/** A UUID that depends only on the text. */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The opaque part of a `circleci/...` slug that stands for the thing with this id. */
export function fragmentOf(id: string): string {
  let rest = BigInt(`0x${createHash("sha256").update(`fragment ${id}`).digest("hex")}`);
  let fragment = "";
  while (fragment.length < FRAGMENT_LENGTH) {
    fragment += BASE62.charAt(Number(rest % 62n));
    rest /= 62n;
  }
  return fragment;
}

/** The account's organizations: one connected by GitHub OAuth, one by the GitHub App, and the user's own. */
export function accountOrganizations(owner: string): readonly Organization[] {
  const oauthId = uuidOf(`organization gh/${owner}`);
  const appId = uuidOf(`organization circleci/${owner}`);
  const { id: personalId, login } = accountUser(owner);
  return [
    { id: oauthId, slug: `gh/${owner}`, name: owner, kind: "oauth" },
    { id: appId, slug: `circleci/${fragmentOf(appId)}`, name: `${owner}-app`, kind: "app" },
    { id: personalId, slug: `gh/${login}`, name: login, kind: "oauth", isPersonal: true },
  ];
}

/** The user whose token it is. */
export function accountUser(owner: string): { id: string; login: string; name: string; avatar_url: string } {
  return {
    id: uuidOf(`user ${owner}`),
    login: `${owner}-operator`,
    name: `${owner} operator`,
    avatar_url: "https://avatars.githubusercontent.com/u/1?v=4",
  };
}
