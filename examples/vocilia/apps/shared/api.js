/** The backend answers on the domain above the front ends' own. */
const API = location.origin.replace(/\/\/(customer|business|admin)\./, "//");

export async function ask(path, { token, body } = {}) {
  const answer = await fetch(`${API}/api${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error);
  return value;
}

export function say(text, isError = false) {
  const said = document.querySelector("#said");
  said.textContent = text;
  said.className = isError ? "error" : "";
}

export function onSubmit(work) {
  document.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await work(Object.fromEntries(new FormData(event.target)));
    } catch (thrown) {
      say(thrown.message, true);
    }
  });
}
