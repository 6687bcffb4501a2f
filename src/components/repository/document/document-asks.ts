/**
 * How a checklist asks for a document by the team's own name for it, or by its file. Only that it is there and says
 * something: whether it was tried, reviewed or is still right, nobody can read from it.
 */
export function asksForDocuments(documents: Readonly<Record<string, string>>): string[] {
  return Object.entries(documents).flatMap(([name, file]) => [
    ...[
      `${name} documented`,
      `${name} written`,
      `${name} exists`,
      `${name} created`,
      `${name} prepared`,
      `${name} available`,
      `${name} in the repository`,
      `write ${name}`,
      `create ${name}`,
      `document ${name}`,
      `document the ${name}`,
    ],
    // One word alone ("security") is asked for by many lines that mean something else.
    ...(/\s/.test(name.trim()) ? [name] : []),
    file,
    `${file} created`,
    `${file} exists`,
    `${file.slice(file.lastIndexOf("/") + 1)} exists`,
    `${file.slice(file.lastIndexOf("/") + 1)} created`,
  ]);
}
