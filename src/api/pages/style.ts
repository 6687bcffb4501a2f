/** One style for every page: no font, image or script from elsewhere; light and dark; from phones up. */
export const STYLE = `
:root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--raised:#f5f6f8;--line:#e2e5ea;--ink:#14171c;--soft:#586273;--accent:#2450c4;
--up:#116a33;--up-back:#e6f5eb;--some:#96590a;--some-back:#fdf3de;--down:#b91c36;--down-back:#fdeaed;--none:#cfd5de;--none-back:#eceff3;
--shadow:0 1px 2px rgb(16 24 40/.05);--code:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--page:#0d1014;--card:#161a20;--raised:#1d222a;--line:#2a313b;--ink:#e8ebf0;--soft:#9aa5b5;--accent:#8fb2ff;
--up:#4ac97e;--up-back:#11281b;--some:#eab454;--some-back:#2e2410;--down:#ff8393;--down-back:#361519;--none:#39424e;--none-back:#20262e;--shadow:none}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
.wrap{max-width:72rem;margin:0 auto;padding:0 1.25rem}.narrow .wrap{max-width:46rem}
h1,h2,h3,p{margin:0}h1{font-size:1.375rem;line-height:1.25;letter-spacing:-.01em}h2{font-size:1rem;margin:0 0 .75rem}h3{font-size:.9375rem}
a{color:var(--accent);text-decoration:none}a:hover,.soft a{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.soft{color:var(--soft)}.small{font-size:.8125rem}.num{font-variant-numeric:tabular-nums}
code,pre{font-family:var(--code);font-size:.8125rem}
pre{margin:.5rem 0 0;padding:.6rem .75rem;background:var(--raised);border:1px solid var(--line);border-radius:8px;white-space:pre-wrap}
.top{border-bottom:1px solid var(--line);background:var(--card)}
.top .wrap{display:flex;align-items:center;gap:.75rem;min-height:3.25rem;flex-wrap:wrap;padding-top:.4rem;padding-bottom:.4rem}
.brand{display:flex;align-items:center;gap:.5rem;font-weight:650;color:var(--ink)}.brand:hover{text-decoration:none}
.brand svg{width:1.375rem;height:1.375rem}
.chip{display:inline-block;padding:.05rem .55rem;border-radius:99px;background:var(--none-back);color:var(--soft);font-size:.8125rem;font-weight:550;white-space:nowrap}
.chip.up{background:var(--up-back);color:var(--up)}.chip.some,.chip.degraded{background:var(--some-back);color:var(--some)}.chip.down{background:var(--down-back);color:var(--down)}
.top nav{margin-left:auto;display:flex;gap:1rem;align-items:center;font-size:.875rem}
main{padding:1.5rem 0 3rem}
.hero{display:flex;gap:.9rem;align-items:center;padding:1.1rem 1.25rem;border-radius:12px;border:1px solid var(--tone-line,var(--line));background:var(--tone-back,var(--card));margin-bottom:1.25rem}
.hero svg{flex:none;width:2.25rem;height:2.25rem;color:var(--tone)}.hero p{color:var(--soft)}
.tone-up{--tone:var(--up);--tone-back:var(--up-back)}.tone-degraded,.tone-some{--tone:var(--some);--tone-back:var(--some-back)}
.tone-down{--tone:var(--down);--tone-back:var(--down-back)}.tone-unknown,.tone-none{--tone:var(--soft);--tone-back:var(--none-back)}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1.25rem;margin-bottom:1.25rem;box-shadow:var(--shadow);min-width:0}
.card.alarm{border-left:4px solid var(--tone)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin-bottom:1.25rem}
.tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.75rem 1rem;box-shadow:var(--shadow);min-width:0}
.tile dd{margin:0}.tile dt,.tile .label{color:var(--soft);font-size:.8125rem}.tile .figure{font-size:1.375rem;font-weight:620;line-height:1.3;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.tile.alarm .figure{color:var(--down)}
.columns{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.25rem}.columns>.card{margin:0}.columns>.card:only-child{grid-column:1/-1}.columns{margin-bottom:1.25rem}
.row{display:flex;justify-content:space-between;gap:.25rem 1rem;align-items:baseline;flex-wrap:wrap}
.dot{display:inline-block;flex:none;width:.6rem;height:.6rem;border-radius:50%;background:var(--tone,var(--none))}
.list{list-style:none;margin:0;padding:0}.list>li{padding:.7rem 0;border-top:1px solid var(--line)}.list>li:first-child{border-top:0;padding-top:0}.list>li:last-child{padding-bottom:0}
details{border-top:1px solid var(--line)}details:first-of-type{border-top:0}
summary{display:flex;align-items:center;gap:.65rem;padding:.65rem 0;cursor:pointer;list-style:none;flex-wrap:wrap}
summary::-webkit-details-marker{display:none}summary::after{content:"";width:.45rem;height:.45rem;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(45deg);margin-left:.25rem}
details[open]>summary::after{transform:rotate(225deg)}
summary strong{font-weight:600}summary .push{margin-left:auto}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-top:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:500;font-size:.8125rem}
thead th,table:not(:has(thead)) tr:first-child td{border-top:0}td.when{white-space:nowrap;color:var(--soft);font-variant-numeric:tabular-nums}
svg.days{display:block;width:100%;height:2.1rem;margin:.5rem 0 .35rem}.d-up{fill:var(--up)}.d-some{fill:#d99221}.d-down{fill:#d5364d}.d-none{fill:var(--none)}
svg.chart{display:block;width:100%;height:7.5rem;overflow:visible}.chart .line{fill:none;stroke:var(--accent);stroke-width:1.75;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.chart .area{fill:var(--accent);opacity:.1}.chart .bad{fill:none;stroke:var(--down);stroke-width:1.75;vector-effect:non-scaling-stroke}.chart .mark{stroke:var(--soft);stroke-width:1;stroke-dasharray:3 3;vector-effect:non-scaling-stroke}
.chart .limit{stroke:var(--some);stroke-width:1;stroke-dasharray:6 4;vector-effect:non-scaling-stroke}
.axis{display:flex;justify-content:space-between;color:var(--soft);font-size:.75rem;margin-top:.3rem}
.bar{height:.5rem;border-radius:99px;background:var(--none-back);overflow:hidden;margin:.4rem 0 .2rem}.bar span{display:block;height:100%;background:var(--tone,var(--up));border-radius:99px}
.empty{color:var(--soft);padding:.35rem 0}
form.inline{display:inline}form.answer{margin-top:1rem}form.answer input{display:block;width:100%;max-width:36rem;margin:.35rem 0 .9rem}.choices{display:flex;flex-wrap:wrap;gap:.6rem}
button,input{font:inherit;padding:.4rem .8rem;border:1px solid var(--line);border-radius:8px;background:var(--card);color:inherit}
button{cursor:pointer;font-weight:550;box-shadow:var(--shadow)}button:hover{background:var(--raised)}button.main{background:var(--accent);border-color:var(--accent);color:#fff}
button.plain{border:0;background:none;box-shadow:none;padding:0;color:var(--accent);font-weight:400}
@media (prefers-color-scheme:dark){button.main{color:#0d1014}}
.error{color:var(--down)}
.timeline{list-style:none;margin:0;padding:0}.timeline li{position:relative;padding:0 0 .9rem 1.35rem;border-left:2px solid var(--line);margin-left:.3rem}
.timeline li:last-child{border-left-color:transparent;padding-bottom:0}.timeline li::before{content:"";position:absolute;left:-.36rem;top:.4rem;width:.6rem;height:.6rem;border-radius:50%;background:var(--tone,var(--none));box-shadow:0 0 0 3px var(--card)}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.8125rem;padding:1rem 0 2.5rem}footer .row a{color:inherit;text-decoration:underline}
.gap{margin-top:1rem}.login{max-width:26rem;margin:10vh auto 0}.login input{width:100%;margin:.35rem 0 .9rem}.login button{width:100%}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.6rem 1.25rem;margin:0}dl.facts dt{color:var(--soft);font-size:.8125rem}dl.facts dd{margin:0}
.group+.group{margin-top:1.25rem}.days-axis{flex-wrap:nowrap;text-align:center}.group>h3{color:var(--soft);font-weight:550;margin-bottom:.4rem}
@media (max-width:44rem){body{font-size:16px}.wrap{padding:0 1rem}.columns{grid-template-columns:minmax(0,1fr)}.card{padding:1rem}.hero{padding:1rem}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}
table.stack,table.stack tbody,table.stack td{display:block}table.stack tr{display:grid;grid-template-columns:6.25rem 1fr;padding:.55rem 0;border-top:1px solid var(--line)}
table.stack tr:first-child{border-top:0}table.stack td{border:0;padding:.05rem 0;grid-column:2}table.stack td:first-child{grid-column:1;grid-row:1/span 3}}
@media (prefers-reduced-motion:no-preference){a,button{transition:background .12s}}
`;
