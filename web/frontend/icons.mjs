// The Tabler icons that the pages use, as one sprite: <use href="…/icons.svg#inbox"/>. Add a name from tabler.io/icons.
import fs from 'node:fs';
import path from 'node:path';

const NAMES = `
  adjustments alert-circle alert-hexagon alert-octagon alert-triangle archive arrow-back-up arrow-down arrow-forward-up arrow-left
  arrow-right arrow-up arrows-exchange arrows-split ban bell bell-ringing bolt book books briefcase building building-bank
  building-community building-hospital building-skyscraper calendar calendar-due calendar-event calendar-stats calendar-time certificate
  chart-bar chart-dots chart-line chart-pie check checklist checkbox chevron-down chevron-left chevron-right chevron-up circle circle-check
  circle-dashed circle-x clipboard clipboard-check clipboard-list clipboard-text clock clock-pause clock-play clock-exclamation cloud-upload
  copy corner-up-left dashboard database device-desktop device-floppy dots dots-vertical download edit exclamation-circle external-link eye
  eye-off file file-analytics file-certificate file-check file-description file-export file-import file-pencil file-plus file-text files
  filter fingerprint flag flame folder folder-open folder-plus folders forms gavel git-branch git-compare git-merge hand-stop help
  help-circle heart-rate-monitor hierarchy hierarchy-2 history home hourglass hourglass-high id id-badge inbox info-circle key keyboard
  language layout-dashboard layout-grid layout-kanban layout-list license link list list-check list-details list-search loader lock lock-open
  login logout mail mail-forward map map-2 map-pin maximize menu-2 message message-circle messages microscope minimize minus moon navigation
  network news note notebook notes notification package paperclip pencil phone pill pin pinned player-pause player-play player-skip-forward
  player-stop plug plus point presentation printer progress puzzle question-mark radar refresh replace report report-analytics
  report-medical report-search rotate-clockwise route rss rubber-stamp ruler-2 scale schema search send settings share shield shield-check
  shield-lock shield-x signature sitemap sort-ascending sort-descending speakerphone stack-2 star star-off stethoscope sun switch-horizontal
  table table-options tag tags target tool topology-star-3 transfer trash trending-up upload urgent user user-check user-circle user-cog
  user-edit user-minus user-off user-plus user-question user-search user-shield user-x users users-group versions viewfinder writing x
  zoom-in zoom-out zoom-reset zoom-scan
`.trim().split(/\s+/);

export function sprite(folder) {
  const missing = NAMES.filter((name) => !fs.existsSync(path.join(folder, 'outline', `${name}.svg`)));
  if (missing.length) throw new Error(`no such Tabler icon: ${missing.join(', ')}`);
  const symbols = NAMES.map((name) => symbol(name, fs.readFileSync(path.join(folder, 'outline', `${name}.svg`), 'utf8')));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
}

function symbol(name, svg) {
  const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
}
