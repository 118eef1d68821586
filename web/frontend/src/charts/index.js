// Draws <figure data-chart> (README.md §4): an ECharts option as JSON, our colours, a tooltip without markup strings.
import { BarChart, HeatmapChart, LineChart, PieChart, ScatterChart, TreeChart } from 'echarts/charts';
import { AriaComponent, DataZoomComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { h, mountAll, readJson, whenResized, whenShown } from '../dom.js';
import { colours, named } from './colours.js';

echarts.use([BarChart, HeatmapChart, LineChart, PieChart, ScatterChart, TreeChart, AriaComponent, DataZoomComponent, DatasetComponent, GridComponent,
  LegendComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent, LabelLayout, SVGRenderer]);

function mount(figure) {
  const given = readJson(figure, 'data-chart-option', null);
  if (!given) return;
  const place = h('div', { class: 'oc-chart' });
  if (figure.dataset.chartHeight) place.style.height = `${figure.dataset.chartHeight}px`;
  figure.append(place);
  whenShown(place, () => {
    const chart = echarts.init(place, null, { renderer: 'svg' });
    const redraw = () => chart.setOption(complete(figure, given), { notMerge: true });
    redraw();
    chart.on('click', ({ data }) => data?.url && window.location.assign(data.url));
    chart.on('mouseover', ({ data }) => { place.classList.toggle('is-link', Boolean(data?.url)); });
    whenResized(place, () => chart.resize());
    document.addEventListener('onecase:theme', redraw);
    window.addEventListener('beforeprint', () => chart.resize());
    figure.dispatchEvent(new CustomEvent('onecase:chart-ready', { bubbles: true, detail: { chart } }));
  });
}

function complete(figure, given) {
  const paint = colours();
  const option = named(given, paint);
  const axis = (own) => [own].flat().map((one) => ({ ...one, ...axisLooks(one, paint) }));
  return {
    color: paint.series,
    textStyle: { fontFamily: paint.font, color: paint.text },
    animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 250,
    aria: { enabled: true, label: { description: figure.getAttribute('aria-label') ?? undefined } },
    ...option,
    grid: option.grid ?? { left: 8, right: 16, top: option.legend ? 40 : 16, bottom: 8, containLabel: true },
    legend: option.legend ? { top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 12, textStyle: { color: paint.text }, ...option.legend } : undefined,
    tooltip: { confine: true, backgroundColor: paint.surface, borderColor: paint.line, textStyle: { color: paint.text }, ...option.tooltip, formatter: tooltip },
    ...(option.xAxis && { xAxis: axis(option.xAxis) }),
    ...(option.yAxis && { yAxis: axis(option.yAxis) }),
    series: [option.series ?? []].flat().map((series) => ({ ...(series.type === 'bar' && { barMaxWidth: 28 }), ...series })),
  };
}

function axisLooks(own, paint) {
  return {
    axisLabel: { color: paint.muted, ...own.axisLabel },
    axisLine: { lineStyle: { color: paint.line }, ...own.axisLine },
    axisTick: { show: false, ...own.axisTick },
    splitLine: { show: own.type !== 'category', lineStyle: { color: paint.line }, ...own.splitLine },
  };
}

// An element, not markup: style attributes in markup would be refused by the page's policy.
function tooltip(params) {
  const points = [params].flat();
  const lines = points.map(({ seriesName, name, value, color, seriesType }) => h('div', { class: 'oc-tip-line' },
    swatch(color), h('span', {}, /^series\u0000/.test(seriesName) || seriesType === 'pie' ? name : seriesName), h('b', {}, shown(value))));
  const heading = points[0]?.axisValueLabel ?? (points[0]?.seriesType === 'pie' ? null : points[0]?.name);
  return h('div', { class: 'oc-tip' }, heading ? h('div', { class: 'oc-tip-head' }, heading) : null, ...lines);
}

function swatch(color) {
  const square = h('i', { class: 'oc-tip-swatch' });
  if (typeof color === 'string') square.style.backgroundColor = color;
  return square;
}

const shown = (value) => (Array.isArray(value) ? String(value.at(-1) ?? '') : String(value ?? ''));

mountAll('[data-chart]', mount);
