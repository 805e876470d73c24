/** The blog's whole style sheet; it fetches nothing. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--wash:#f4f5f8;--ink:#171c28;--soft:#555e70;--line:#dfe3ea;--accent:#1d4fd7;--mark:#f6c92f;--mark-ink:#191700;--button:#171c28;--button-ink:#fff;--serif:Charter,'Bitstream Charter','Iowan Old Style',Georgia,'Liberation Serif',serif;--sans:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Liberation Sans',Arial,sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#11141b;--wash:#191e28;--ink:#e8ebf2;--soft:#a3acbd;--line:#2b3240;--accent:#9fb8ff;--mark:#f2c22c;--mark-ink:#191700;--button:#e8ebf2;--button-ink:#11141b}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.55 var(--sans);overflow-wrap:break-word}
a{color:inherit;text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:3px}
h1,h2,h3{font-weight:700;line-height:1.15;letter-spacing:-.015em;text-wrap:balance;margin:0}
ul,ol{margin:0;padding:0}
.wrap{width:min(72rem,100% - 2.5rem);margin-inline:auto}
.narrow{width:min(42rem,100% - 2.5rem)}
.skip{position:absolute;left:-999px;top:.5rem;background:var(--button);color:var(--button-ink);padding:.5rem 1rem;z-index:5}
.skip:focus{left:.5rem}
.small{font-size:.875rem;color:var(--soft)}
.bar{color:var(--soft);padding-inline:.2em}
.kicker{margin:0;font-size:.875rem;font-weight:600;color:var(--accent)}
.kicker a{text-decoration:none}
.kicker a:hover{text-decoration:underline}
.meta{margin:.6rem 0 0;font-size:.875rem;color:var(--soft)}
.button,.field button{display:inline-block;min-height:2.75rem;padding:.65rem 1.2rem;border:0;border-radius:.4rem;background:var(--button);color:var(--button-ink);font:600 1rem/1.4 var(--sans);text-decoration:none;cursor:pointer}
.button:hover,.field button:hover{color:var(--button-ink);opacity:.86}
.site-header{border-bottom:1px solid var(--line)}
.site-header .wrap{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.25rem 2rem;padding-block:.9rem}
.brand{display:inline-flex;align-items:center;gap:.5rem;font-size:1.3rem;font-weight:800;letter-spacing:-.03em;text-decoration:none}
.brand:hover{color:inherit}
.dot{width:.95em;height:.95em;border-radius:50%;background:var(--mark)}
.site-header ul{display:flex;gap:1.5rem;list-style:none}
.site-header nav a{display:inline-block;padding-block:.5rem;text-decoration:none;font-weight:500}
.site-header nav a:hover{color:var(--accent)}
.site-header nav [aria-current]{box-shadow:0 2px 0 var(--ink)}
.site-footer{margin-top:5rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9375rem}
.site-footer .wrap{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 2rem;padding-block:2rem}
.site-footer p{margin:0;max-width:42rem}
.site-footer strong{color:var(--ink)}
.cover{display:block;overflow:hidden;border-radius:.6rem;background:var(--wash)}
.plans li ul{list-style:disc}
.art{display:block;width:100%;height:100%}
.portrait{width:2.5rem;height:2.5rem;flex:none;font-family:var(--sans)}

.front-header{padding:3.5rem 0 2rem}
.front-header h1{font-size:clamp(2rem,1.3rem + 2.6vw,3.25rem);max-width:20ch}
.front-header .lede{max-width:36rem}
.topic-row{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;margin-top:1.5rem;list-style:none;color:var(--soft)}
.topic-row a{display:inline-block;padding-block:.25rem}
.featured{display:grid;gap:1.5rem 3rem;padding-bottom:3rem}
.featured .cover{aspect-ratio:16/9}
.featured h2{font-size:clamp(1.6rem,1.2rem + 1.6vw,2.4rem);margin-top:.5rem}
.featured h2 a,.card h3 a,.archive h3 a{text-decoration:none}
.featured h2 a:hover,.card h3 a:hover,.archive h3 a:hover{text-decoration:underline;text-decoration-thickness:2px}
.excerpt{margin:.7rem 0 0;color:var(--soft);max-width:62ch}
.featured .excerpt{font-size:1.0625rem}
.section-title{font-size:1.25rem;padding-top:1.25rem;border-top:2px solid var(--ink);margin-bottom:1.5rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,18rem),1fr));gap:2.5rem 2rem;list-style:none}
.card .cover{aspect-ratio:16/8;margin-bottom:.9rem}
.card h3{font-size:1.25rem;margin-top:.3rem;line-height:1.25}
.archive{list-style:none}
.archive li{padding-block:1.4rem;border-top:1px solid var(--line)}
.archive li:first-child{border-top:0;padding-top:0}
.archive h3{font-size:1.25rem;line-height:1.25}
@media (min-width:52rem){.featured{grid-template-columns:1.25fr 1fr;align-items:center}
.archive li{display:grid;grid-template:auto 1fr / 1fr 1.1fr;gap:.2rem 3rem}
.archive .excerpt{grid-row:1/3;grid-column:2;margin-top:0}.archive .meta{margin-top:.3rem}}

.article-header{padding-top:3rem}
.article-header h1{max-width:52rem;font-size:clamp(2rem,1.35rem + 2.7vw,3.4rem);margin-top:.6rem}
.byline{display:flex;align-items:center;gap:.8rem;margin-top:1.5rem;color:var(--soft)}
.byline p{margin:0}
.byline a{display:inline-block;padding-block:.2rem}
.author{color:var(--ink);font-weight:600}
.portraits{display:flex}
.portraits .portrait+.portrait{margin-left:-.45rem;border-radius:50%;box-shadow:0 0 0 3px var(--paper)}
.article-header .cover{margin-top:2rem;aspect-ratio:3/1}
.columns{display:grid;gap:3rem;padding-top:2.5rem}
.reading{min-width:0;max-width:42rem}
article{font:400 1.1875rem/1.68 var(--serif)}
article>p,article>ul,article>figure{margin:0 0 1.35em}
article h2{font:700 1.55rem/1.25 var(--sans);margin:2em 0 .7em}
.lede{margin:1rem 0 0;font-size:1.25rem;line-height:1.5;color:var(--soft)}
article .lede{margin:0 0 1.35em;font:400 1.375rem/1.55 var(--serif);color:var(--ink)}
article ul{padding-left:1.15em}
article li{margin-bottom:.6em}
article li::marker{color:var(--soft)}
figure{padding-left:1.4rem;border-left:4px solid var(--mark)}
blockquote{margin:0}
blockquote p{margin:0;font-size:1.375rem;line-height:1.45;font-style:italic}
figcaption{margin-top:.5rem;font:400 .9375rem/1.5 var(--sans);color:var(--soft)}
article aside{margin:0 0 1.6em;font-family:var(--sans)}
.learn-more{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.8rem 1.5rem;padding-block:1.1rem;border-block:1px solid var(--line);font-size:1rem;line-height:1.5}
.learn-more p{margin:0;flex:1 1 15rem}
.topics{margin:2.5rem 0 2rem;padding-top:1.25rem;border-top:1px solid var(--line)}
.cta{display:grid;justify-items:start;gap:.4rem;padding:1.6rem;border-radius:.6rem;background:var(--mark);color:var(--mark-ink);font:400 1rem/1.5 var(--sans);text-decoration:none}
.cta:hover{color:var(--mark-ink)}
.cta:hover .button{opacity:.86}
.cta strong{font-size:1.35rem;line-height:1.2;letter-spacing:-.015em;text-wrap:balance}
.cta-kind{font-size:.875rem;font-weight:600}
.cta .button{margin-top:.6rem;background:var(--mark-ink);color:#fff}
.cta-in-text{background:var(--wash);color:var(--ink)}
.cta-in-text:hover{color:var(--ink)}
.cta-in-text .cta-kind{color:var(--accent)}
.cta-in-text .button{background:var(--button);color:var(--button-ink)}
.cta-end-of-post{padding:2rem}
.cta-end-of-post strong{font-size:1.75rem}
.authors{display:grid;gap:1rem;margin-top:2.5rem}
.author-note{display:flex;gap:.9rem;align-items:center}
.author-note p{margin:0;color:var(--soft)}
.author-note strong{display:block;color:var(--ink)}
.subscribe{margin:3rem 0;padding:1.8rem;border:1px solid var(--line);border-radius:.6rem}
.subscribe h2{font-size:1.5rem}
.subscribe p{margin:.4rem 0 1rem;color:var(--soft)}
.subscribe .small{margin:.7rem 0 0}
.subscribe label{display:block;font-weight:600;margin-bottom:.35rem}
.field{display:flex;flex-wrap:wrap;gap:.6rem;max-width:32rem}
.field input{flex:1 1 13rem;min-width:0;min-height:2.75rem;padding:.6rem .8rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--paper);color:var(--ink);font:400 1rem/1.4 var(--sans)}
.field input::placeholder{color:var(--soft);opacity:1}
.comments h2{font-size:1.5rem}
.comments h2::first-letter{text-transform:uppercase}
.comments ol{list-style:none;margin-top:1rem}
.comments li{display:flex;gap:.9rem;padding-block:1.1rem;border-top:1px solid var(--line)}
.comments p{margin:0}
.who{color:var(--soft);font-size:.9375rem}
.who strong{color:var(--ink);font-size:1rem;margin-right:.3em}
.sidebar{display:grid;gap:2.5rem;align-content:start}
.recent h2{font-size:1.125rem;padding-top:.9rem;border-top:2px solid var(--ink)}
.recent ul{list-style:none;margin-top:.6rem}
.recent li{padding-block:.75rem;border-bottom:1px solid var(--line)}
.recent a{display:block;font-weight:600;line-height:1.35;text-decoration:none}
.recent a:hover{text-decoration:underline}
@media (min-width:64rem){.columns{grid-template-columns:minmax(0,42rem) 19rem;justify-content:space-between}
.sidebar .cta{position:sticky;top:1.5rem}.sidebar{align-content:stretch;grid-template-rows:auto 1fr}.sidebar .cta{align-self:start}}
.slide-in{position:fixed;inset:auto 0 0;width:auto;max-width:none;margin:0;padding:0;border:0;background:none;color:inherit;z-index:4;visibility:hidden;animation:arrive .45s cubic-bezier(.2,.8,.3,1) 9s both}
.slide-in .cta{padding:1.2rem 3.5rem 1.2rem 1.25rem;border-radius:.6rem .6rem 0 0;gap:.2rem;box-shadow:0 -6px 30px rgb(0 0 0/.22)}
.slide-in strong{font-size:1.15rem}
.slide-in .cta-kind{display:none}
.slide-in .button{min-height:0;padding:.5rem .95rem;margin-top:.5rem}
.slide-in form{position:absolute;right:.5rem;top:.5rem}
.close{width:2.75rem;height:2.75rem;border:0;background:none;color:var(--mark-ink);font:400 1.6rem/1 var(--sans);cursor:pointer}
.close:focus-visible{outline-color:var(--mark-ink);outline-offset:-4px}
@media (min-width:40rem){.slide-in{inset:auto 1.5rem 1.5rem auto;width:22rem}.slide-in .cta{border-radius:.6rem;padding:1.5rem 3.5rem 1.5rem 1.5rem}}
@keyframes arrive{from{visibility:hidden;transform:translateY(120%)}to{visibility:visible;transform:none}}
@media (prefers-reduced-motion:reduce){.slide-in{animation-duration:1ms}}

.plans{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:1.5rem;list-style:none;margin-bottom:1.5rem}
.plans>li{padding:1.6rem;border:1px solid var(--line);border-radius:.6rem}
.plans h2{font-size:1.25rem}
.plans ul,.ticks{padding-left:1.2em}
.plans p{margin:.7rem 0}
.price{font-size:2.25rem;font-weight:700;letter-spacing:-.02em;line-height:1.1}
.people{display:grid;gap:1.1rem;list-style:none;margin-top:2rem}
.notice{padding-block:4rem 2rem}
.notice h1{font-size:clamp(2rem,1.4rem + 2.4vw,3rem)}
.notice .button{margin-top:1rem}
.ticks{margin-block:1.5rem}
.ticks li{margin-bottom:.4rem}
`;
