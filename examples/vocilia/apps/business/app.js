import { ask, onSubmit, say } from "/api.js";

onSubmit(async ({ token }) => {
  const { feedback } = await ask("/feedback", { token });
  const lines = feedback.map(({ body }) =>
    Object.assign(document.createElement("li"), { textContent: body }),
  );
  document.querySelector("#list").replaceChildren(...lines);
  say(`${feedback.length} so far`);
});
