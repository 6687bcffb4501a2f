export interface HtmlComment {
  /** What stands between its marks. */
  readonly words: string;
  readonly from: number;
  readonly to: number;
}

/** The comments of a text, in time that grows with its length however many begin and never end. */
export function htmlComments(text: string): HtmlComment[] {
  const comments: HtmlComment[] = [];
  for (let from = text.indexOf("<!--"); from !== -1; ) {
    const end = text.indexOf("-->", from + 4);
    if (end === -1) break;
    comments.push({ words: text.slice(from + 4, end), from, to: end + 3 });
    from = text.indexOf("<!--", end + 3);
  }
  return comments;
}

export function withoutComments(text: string): string {
  let rest = "";
  let from = 0;
  for (const comment of htmlComments(text)) {
    rest += `${text.slice(from, comment.from)} `;
    from = comment.to;
  }
  return rest + text.slice(from);
}
