/** The report's own style: no font, image or script from elsewhere; light, dark and paper. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--page:#fff;--raised:#f6f7f9;--line:#d5d9e0;--ink:#16191f;--soft:#535b69;
--good:#0b6b3a;--good-back:#e3f5ea;--weak:#7a4a00;--weak-back:#fdf1d8;--bad:#a3122b;--bad-back:#fde8ea;
--calm:#535b69;--calm-back:#eceef2;--link:#0b57a4;
--text:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--code:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--page:#12151b;--raised:#1b2028;--line:#343c49;--ink:#e9ecf1;--soft:#aab3c0;
--good:#6fdc9c;--good-back:#12301f;--weak:#f3c66b;--weak-back:#33270c;--bad:#ff98a4;--bad-back:#3b141a;
--calm:#aab3c0;--calm-back:#262c36;--link:#8ec2ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 var(--text);overflow-wrap:anywhere}
main,header,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.3rem;margin:2.75rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.75rem 0 .5rem}
p{margin:.4rem 0}
a{color:var(--link)}
a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,pre,.id{font-family:var(--code);font-size:.86em}
pre{margin:.5rem 0;padding:.6rem .8rem;background:var(--page);border:1px solid var(--line);border-radius:6px;
white-space:pre-wrap}
.small .id,footer .id,footer code{font-size:.95em}
.soft{color:var(--soft)}
.small{font-size:.86rem}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
.verdict{border:1px solid var(--line);border-left:.6rem solid var(--tone);background:var(--tone-back);border-radius:8px;
padding:1.1rem 1.25rem}
.verdict strong{display:block;font-size:2.4rem;line-height:1.1;letter-spacing:.01em;color:var(--tone)}
.verdict p{margin:.35rem 0 0}
.good{--tone:var(--good);--tone-back:var(--good-back)}
.weak{--tone:var(--weak);--tone-back:var(--weak-back)}
.bad{--tone:var(--bad);--tone-back:var(--bad-back)}
.calm{--tone:var(--calm);--tone-back:var(--calm-back)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem 1.5rem;margin:1.25rem 0 0}
.facts dt{color:var(--soft);font-size:.86rem}
.facts dd{margin:0}
.facts dd span{display:block}
.when{white-space:nowrap}
.badge{display:inline-block;white-space:nowrap;padding:.05rem .5rem;border-radius:99px;background:var(--tone-back);
color:var(--tone);font-size:.82rem;font-weight:600}
.share{display:flex;height:.55rem;gap:2px;margin:1.25rem 0 .5rem}
.share span{background:var(--tone);border-radius:2px;min-width:3px}
.legend{display:flex;flex-wrap:wrap;gap:.3rem .5rem;list-style:none;margin:0;padding:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;padding:0;margin:1.25rem 0 0;list-style:none}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{text-align:left;color:var(--soft);padding-bottom:.35rem;font-size:.86rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.82rem;color:var(--soft);font-weight:600;white-space:nowrap}
tbody th{font-weight:400}
.lines td:first-child,.lines thead th:first-child{width:9rem}
.lines tbody th,.lines thead th:nth-child(2){width:36%}
.evidence{list-style:none;margin:0;padding:0}
.evidence li{margin:0 0 .45rem}
.evidence li:last-child{margin:0}
.mark{font-size:.86rem;font-weight:600;color:var(--tone)}
.cards{list-style:none;margin:0;padding:0;counter-reset:step}
.card{background:var(--raised);border:1px solid var(--line);border-left:.35rem solid var(--tone,var(--line));
border-radius:8px;padding:.8rem 1rem;margin:0 0 .75rem}
.card h3{margin:0 0 .25rem}
ol.cards>.card{counter-increment:step}
ol.cards>.card h3::before{content:counter(step) ". "}
.card dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:.5rem 0}
.card dt{color:var(--soft)}
.card dd{margin:0;min-width:0}
footer{margin-top:3rem;padding-top:1rem;padding-bottom:2.5rem;border-top:1px solid var(--line);color:var(--soft);
font-size:.86rem}
@media (max-width:40rem){
html{font-size:15px}
body{font-size:1rem}
main,header,footer{padding-left:1rem;padding-right:1rem}
.verdict strong{font-size:2rem}
table,caption,tbody,tr,td,tbody th{display:block;width:auto}
.lines td:first-child,.lines tbody th{width:auto}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{border-bottom:1px solid var(--line);padding:.6rem 0}
td,tbody th{border:0;padding:.15rem 0}
td[data-head]::before{content:attr(data-head) " ";color:var(--soft);font-size:.82rem}
.card dl{grid-template-columns:1fr;gap:0}
.card dd{margin-bottom:.35rem}
}
@media print{
@page{margin:16mm 14mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#555}}
:root{color-scheme:light;--page:#fff;--raised:#fff;--line:#c5cad3;--ink:#000;--soft:#444;--good:#0b6b3a;--good-back:#fff;
--weak:#7a4a00;--weak-back:#fff;--bad:#a3122b;--bad-back:#fff;--calm:#444;--calm-back:#fff;--link:#000}
html{font-size:9.5pt}
body{font-size:1rem;line-height:1.4}
main,header,footer{max-width:none;padding:0}
header{padding-top:0}
nav,.skip{display:none}
h1{font-size:16pt}
h2{font-size:13pt;margin-top:1.6rem;break-after:avoid}
h3,caption{break-after:avoid}
.card,tr,.verdict,.facts{break-inside:avoid}
thead{display:table-header-group}
.badge{border:1px solid currentColor}
.share span{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a{text-decoration:none}
}
`.trim();
