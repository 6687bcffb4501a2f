import { formatDuration } from "../../../model/duration.ts";
import type { ReportRecord } from "../contracts/report.ts";
import { type Content, html, type Markup } from "../markup.ts";
import type { HtmlSection } from "./section.ts";
import { downtimeText, moment } from "./words.ts";

function table(caption: string, heads: readonly string[], rows: readonly (readonly Content[])[]): Markup {
  return html`<table><caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map(
      (cell, index) => html`<td data-head="${heads[index + 1]}">${cell}</td>`,
    )}</tr>
`,
  )}</tbody></table>`;
}

function when(at: number): Markup {
  return html`<span class="when">${moment(at)}</span>`;
}

export function peopleSection({ signOffs, check }: ReportRecord): HtmlSection | undefined {
  if (signOffs.length === 0) return undefined;
  const rows = signOffs.map((each) => {
    const item = check.items.find(({ id }) => id === each.item);
    const file = each.attachment
      ? html`<br><span class="soft small">${each.attachment.name} is kept, ${each.attachment.sizeBytes} bytes, sha256 <span class="id">${each.attachment.sha256}</span></span>`
      : "";
    return [
      item?.text ?? each.item,
      each.doneBy === null ? each.by : `${each.by}; done by ${each.doneBy}`,
      when(each.at),
      each.stands ? when(each.until) : html`<strong>does not stand</strong>: ${item?.reason}`,
      [each.evidence, file],
    ];
  });
  return {
    id: "people",
    title: "Who signed",
    body: table("The last sign-off of each line.", ["Line", "Signed by", "At", "Until", "Evidence"], rows),
  };
}

export function waiversSection({ waivers }: ReportRecord): HtmlSection | undefined {
  if (waivers.length === 0) return undefined;
  const rows = waivers.map((each) => [
    html`<span class="id">${each.finding}</span>`,
    [each.answer ?? "a finding that is not there now", each.name === null ? "" : ` ${each.name}`],
    each.by,
    each.stands ? when(each.until) : ["ended ", when(each.until)],
    each.reason,
  ]);
  return {
    id: "waivers",
    title: "Waived",
    body: table(
      "Accepted by a named person until a date. The checks still run.",
      ["Finding", "Of", "Accepted by", "Until", "Reason"],
      rows,
    ),
  };
}

export function deploysSection({ deploys }: ReportRecord): HtmlSection | undefined {
  if (deploys.length === 0) return undefined;
  const rows = deploys.map((each) => [
    `${each.kind}\u00a0${each.id}`,
    `${each.from ?? "nothing"}\u00a0→\u00a0${each.release === "" ? "no release" : each.release}`,
    html`${each.state}${each.reason === null ? "" : html`<br><span class="small soft">${each.reason}</span>`}`,
    [
      when(each.startedAt),
      each.finishedAt === null ? "" : `, ${formatDuration(each.finishedAt - each.startedAt)}`,
      html`<br><span class="small soft">by ${each.by}</span>`,
    ],
    downtimeText(each),
  ]);
  return {
    id: "deploys",
    title: "Deploys",
    body: table(
      "Newest first; the probes asked the public address all through each switch.",
      ["Deploy", "Release", "State", "Started, took", "Seen by the prober"],
      rows,
    ),
  };
}
