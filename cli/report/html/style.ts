/** How the page looks: light or dark as the reader's system, and black on white in print. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --page: #ffffff; --box: #f6f8fa; --line: #d1d9e0;
  --new: #1a7f37; --changed: #9a6700; --danger: #cf222e; --danger-box: #ffebe9; --new-box: #dafbe1; --changed-box: #fff8c5; --link: #0969da; }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #9198a1; --page: #0d1117; --box: #151b23; --line: #3d444d;
  --new: #3fb950; --changed: #d29922; --danger: #f85149; --danger-box: #25171c; --new-box: #12261e; --changed-box: #272115; --link: #4493f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
.headline { font-size: 1.15rem; font-weight: 600; margin: 0 0 1.5rem; }
code, pre { font: .875em/1.45 ui-monospace, monospace; } code { background: var(--box); border-radius: .3em; padding: .1em .35em; }
pre { background: var(--box); border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .75rem; white-space: pre-wrap; }
.notice { border-left: .25rem solid var(--line); background: var(--box); margin: 1rem 0; padding: .6rem 1rem; }
.notice.danger { border-color: var(--danger); background: var(--danger-box); } .notice p { margin: .35rem 0; }
.chain { display: flex; flex-wrap: wrap; gap: 1.75rem 1.5rem; list-style: none; margin: 0; padding: 0; }
.chain > li { position: relative; flex: 1 1 9.5rem; border: 1px solid var(--line); border-top: .25rem solid var(--soft); border-radius: .4rem; background: var(--box); padding: .6rem .75rem; }
.chain > li:not(:first-child, .apart)::before { content: "→"; position: absolute; left: -1.3rem; top: 40%; color: var(--soft); }
.chain > li.new { border-top-color: var(--new); } .chain > li.changed { border-top-color: var(--changed); } .chain > li.danger { border-top-color: var(--danger); }
.chain ul { margin: .4rem 0 0; padding-left: 1.1rem; font-size: .875rem; } .soft { color: var(--soft); font-size: .875rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: .5rem 0 1rem; } th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: 600; } thead th { background: var(--box); } thead th:first-child { width: 28%; } th[scope="row"] { width: 7rem; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0; padding: .5rem .8rem; } summary { cursor: pointer; }
.sign { font-family: ui-monospace, monospace; font-weight: 700; } .sign.new { color: var(--new); } .sign.changed { color: var(--changed); } .sign.danger { color: var(--danger); }
.add { background: var(--new-box); display: block; } .remove { background: var(--danger-box); display: block; } .same { display: block; }
a { color: var(--link); }
@media print { :root { --text: #000; --page: #fff; --box: #fff; --soft: #333; --line: #999; } body { max-width: none; padding: 0; }
  details { break-inside: avoid; } details > *:not(summary) { display: block !important; } details::details-content { content-visibility: visible !important; block-size: auto !important; } }
`;
