export { identity } from "./components/identity/identity.ts";
export { postgres } from "./components/postgres/postgres.ts";
export { repository } from "./components/repository/repository.ts";
export { rtc } from "./components/rtc/rtc.ts";
export { stripe } from "./components/stripe/stripe.ts";
export { variables } from "./components/variables/variables.ts";
export { web } from "./components/web/web.ts";
export { defineLaunch, type LaunchDeclaration } from "./config/define-launch.ts";
export { local } from "./targets/local/local.ts";
