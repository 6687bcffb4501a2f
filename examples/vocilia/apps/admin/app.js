import { ask, onSubmit, say } from "/api.js";

onSubmit(async ({ token }) => {
  const { businesses, feedback, rewardsMinor } = await ask("/summary", { token });
  say(`${businesses} shops, ${feedback} pieces of feedback, ${(rewardsMinor / 100).toFixed(2)} given back`);
});
