/** Who exists on the emulated GitHub: one organization, its owner to whom the token belongs, and one more member. */
import type { SandboxAccount } from "../core/service.ts";

/** A user or an organization. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization";
  readonly createdAt: string;
}

/** All accounts. */
export interface Identity {
  readonly organization: Account;
  /** The user behind the token; owner of the organization. */
  readonly actor: Account;
  /** Every user, members of the organization all. */
  readonly users: readonly Account[];
  find(login: string): Account | undefined;
  /** Whose token it is; undefined for a token that opens nothing. */
  holder(token: string): Account | undefined;
}

const CREATED_AT = "2020-01-01T00:00:00Z";

/** The accounts that belong to a sandbox account. */
export function createIdentity(sandbox: SandboxAccount): Identity {
  const account = (id: number, login: string, type: Account["type"]): Account => ({
    id,
    login,
    type,
    createdAt: CREATED_AT,
  });
  const organization = account(1_001, sandbox.owner, "Organization");
  const actor = account(2_001, `${sandbox.owner}-ops`, "User");
  const colleague = account(2_002, `${sandbox.owner}-dev`, "User");
  const users = [actor, colleague];
  const accounts = [organization, ...users];
  return {
    organization,
    actor,
    users,
    find: (login) => accounts.find((known) => known.login.toLowerCase() === login.toLowerCase()),
    holder(token) {
      if (token === sandbox.tokens.github) return actor;
      return token === colleagueToken(sandbox) ? colleague : undefined;
    },
  };
}

/** The token of the other member, by which a test can be somebody else; it may do the same. */
export function colleagueToken({ tokens }: SandboxAccount): string {
  return `${tokens.github}-of-a-colleague`;
}

/** The address that GitHub writes into a user's commits. */
export function noReplyEmail(account: Account): string {
  return `${account.id}+${account.login}@users.noreply.github.com`;
}
