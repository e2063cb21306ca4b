// Draws every <figure data-chart> from the ECharts option beside it. Colours written "--token" follow the theme.
// SVG with rich-text tooltips: neither needs inline styles, so the page keeps its strict content policy.
const engine = document.querySelector("script[data-engine]").dataset.engine;
const language = document.documentElement.lang;
const ticks = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const drawn = new Map();

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function coloured(value) {
  if (typeof value === "string") return value.startsWith("--") ? token(value) : value;
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one)]));
  return value;
}

// Names take half of the drawing at most, and figures that would touch each other are left out.
function axis(given, width) {
  const number = { hideOverlap: true, formatter: (value) => ticks.format(value) };
  const name = { width: Math.round(width * 0.46), overflow: "truncate", fontSize: width < 480 ? 12 : 13 };
  const few = given.type === "value" && width < 480 ? { splitNumber: 3 } : {};
  const fit = given.type === "value" ? number : given.type === "category" ? name : {};
  return {
    ...few,
    ...given,
    nameTextStyle: { color: token("--ink-muted"), ...given.nameTextStyle },
    axisLine: { lineStyle: { color: token("--line-strong") }, ...given.axisLine },
    axisLabel: { color: token("--ink-muted"), fontSize: 13, ...fit, ...given.axisLabel },
    splitLine: { lineStyle: { color: token("--line") }, ...given.splitLine },
  };
}

const axes = (given, width) => (Array.isArray(given) ? given.map((one) => axis(one, width)) : given && axis(given, width));

function written(decimals) {
  const figures = new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (value) => (typeof value === "number" ? figures.format(value) : value);
}

// Figures beside bars and names at the end of lines stand within the drawing: its lines pass behind them.
function labelled(series, shown) {
  const inFront = { backgroundColor: token("--surface"), padding: [2, 4] };
  const plain = { color: token("--ink"), formatter: ({ value }) => shown(value) };
  const label = { ...plain, ...(series.label?.position === "right" && inFront), ...series.label };
  const endLabel = series.endLabel && { ...inFront, ...series.endLabel };
  return { ...series, label, endLabel, animation: false };
}

function themed(given, width) {
  const { decimals = 2, ...option } = coloured(given);
  const shown = written(decimals);
  // A figure beside the end of the longest bar needs its room too.
  const right = option.series.some((series) => series.label?.position === "right") ? 72 : 24;
  const names = [1, 2, 3, 4, 5, 6].map((n) => token(`--chart-${n}`));
  return {
    color: names,
    animation: false,
    grid: { left: 8, right, top: option.legend ? 40 : 16, bottom: 8, containLabel: true },
    ...option,
    textStyle: { fontFamily: token("--font"), color: token("--ink"), ...option.textStyle },
    aria: { enabled: true, ...option.aria },
    legend: option.legend && { textStyle: { color: token("--ink") }, ...option.legend },
    tooltip: {
      trigger: option.xAxis ? "axis" : "item",
      axisPointer: { type: "shadow" },
      backgroundColor: token("--surface-raised"),
      borderColor: token("--line-strong"),
      textStyle: { color: token("--on-surface-raised") },
      valueFormatter: shown,
      ...option.tooltip,
      renderMode: "richText",
    },
    xAxis: axes(option.xAxis, width),
    yAxis: axes(option.yAxis, width),
    series: option.series.map((series) => labelled(series, shown)),
  };
}

// On paper the drawing takes the width it is given.
function scalable(canvas) {
  const svg = canvas.querySelector("svg");
  svg?.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
}

function draw(echarts, figure) {
  const canvas = figure.querySelector(".chart-canvas");
  const option = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const label = canvas.getAttribute("aria-label");
  const chart = drawn.get(figure) ?? echarts.init(canvas, null, { renderer: "svg" });
  drawn.set(figure, chart);
  chart.setOption(themed(option, canvas.clientWidth), { notMerge: true });
  canvas.setAttribute("aria-label", label);
  scalable(canvas);
  figure.dataset.drawn = "yes";
}

const waiting = [...document.querySelectorAll("[data-chart]")];
if (waiting.length) {
  const echarts = await import(engine);
  await document.fonts.ready; // or names are measured in another type and cut
  const all = () => waiting.forEach((figure) => draw(echarts, figure));
  all();
  const resize = (chart, figure) => {
    chart.resize();
    scalable(figure);
  };
  const watch = new ResizeObserver(() => drawn.forEach(resize));
  waiting.forEach((figure) => watch.observe(figure.querySelector(".chart-canvas")));
  document.addEventListener("theme", () => requestAnimationFrame(() => setTimeout(all, 50)));
}
