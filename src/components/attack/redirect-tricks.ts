/** Names by which applications take where to go next (OWASP, "Unvalidated Redirects and Forwards"). */
export const PARAMETERS = [
  "next",
  "returnTo",
  "return_to",
  "returnUrl",
  "ReturnUrl",
  "return",
  "redirect",
  "redirectTo",
  "redirect_to",
  "redirectUrl",
  "redirect_url",
  "redirect_uri",
  "callbackUrl",
  "continue",
  "dest",
  "destination",
  "target",
  "url",
  "to",
  "goto",
  "back",
  "from",
  "service",
] as const;

/** Ways to write a foreign address that get past checks of its first characters. */
export const SPELLINGS: readonly ((evil: string, own: string) => string)[] = [
  (evil) => `https://${evil}/`,
  (evil) => `//${evil}/`,
  (evil) => `/\\${evil}/`,
  (evil) => `\\\\${evil}/`,
  (evil) => `/\t/${evil}/`,
  (evil, own) => `https://${own}@${evil}/`,
  (evil, own) => `https://${own.replace(/:\d+$/, "")}.${evil}/`,
];

/** Where sign-ins and doors to elsewhere usually live; asked further only where something answers. */
export const USUAL_PATHS = [
  "/login",
  "/signin",
  "/sign-in",
  "/auth/login",
  "/users/sign_in",
  "/accounts/login/",
  "/logout",
  "/sign-out",
  "/redirect",
  "/out",
] as const;
