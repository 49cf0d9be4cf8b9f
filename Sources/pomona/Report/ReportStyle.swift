/// How report pages look.
enum ReportStyle {
    static let css = """
        :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
        .tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1rem 0; }
        .tile { border: 1px solid var(--line); border-radius: .5rem; padding: .7rem 1.1rem; min-width: 7rem; }
        .tile b { display: block; font-size: 1.5rem; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: .3rem .8rem; border-bottom: 1px solid var(--line); text-align: right; }
        th:first-child, td:first-child { text-align: left; }
        .confusion td { background: color-mix(in srgb, #2a7de1 calc(var(--share) * 70%), transparent); }
        svg { width: 100%; max-width: 40rem; height: auto; } svg text { font-size: 11px; fill: currentColor; }
        .grid { stroke: var(--line); }
        .legend span { margin-right: 1rem; } .legend i { display: inline-block; width: .8em; height: .8em;
        border-radius: 50%; margin-right: .4em; }
        .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
        figure { margin: 0; } img { width: 100%; border-radius: .4rem; } figcaption { font-size: .85rem; }
        """
}
