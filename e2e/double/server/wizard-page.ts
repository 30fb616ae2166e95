/** The wizard's four steps as markup; the script shows one at a time. */

function choice(group: string, label: string, checked = false, rest = ''): string {
  // The radio is there for assistive technology; what one sees and clicks is the card over it.
  return `<label class="choice"><button type="button" role="radio" class="sr-only" data-group="${group}" data-value="${label}" aria-checked="${checked}" aria-label="${label}"${rest}></button><span>${label}</span></label>`;
}

function dropzone(field: string, title: string, accept: string): string {
  return `<div role="button" tabindex="0" class="dropzone" aria-label="${title} upload dropzone" data-field="${field}" data-title="${title}" data-accept="${accept}">
<input type="file" accept="${accept}"><span data-part="held">Click to upload or drag and drop</span></div>`;
}

const describe = `<section data-step="1">
<label>Project Name<input type="text" data-value="name" placeholder="e.g. Q4 Brand Tracker"></label>
<p class="wrong" data-part="name-problem" hidden>Project name is required</p>
<label>Research Objectives (optional)<textarea data-value="objectives"></textarea></label>
<div>${choice('type', 'Standard', true)}${choice('type', 'Segmentation')}${choice('type', 'MaxDiff', false, ' disabled')}<span>Coming Soon</span></div>
<div>${choice('banner', 'I have a banner plan', true)}${choice('banner', 'Auto-generate for me')}</div>
<label><span data-part="notes-label">Banner Notes (optional)</span><textarea data-value="notes"></textarea></label>
</section>`;

const upload = `<section data-step="2" hidden>
${dropzone('dataFile', 'Data File', '.sav, .spss')}
${dropzone('surveyDocument', 'Survey Document', '.pdf, .doc, .docx')}
${dropzone('bannerPlan', 'Banner Plan', '.pdf, .doc, .docx')}
<div data-part="validation" aria-live="polite"></div>
</section>`;

const configure = `<section data-step="3" hidden>
<div>${choice('display', 'Percentages', true)}${choice('display', 'Counts')}${choice('display', 'Both')}</div>
<label data-part="separate" hidden><button type="button" role="switch" aria-checked="false" aria-label="Separate workbooks">&nbsp;</button> Separate workbooks</label>
<div role="radiogroup" aria-label="Color theme">${['Classic', 'Coastal', 'Blush', 'Tropical', 'Bold', 'Earth']
  .map(
    (theme, place) =>
      `<button type="button" role="radio" data-group="theme" data-value="${theme}" aria-checked="${place === 0}">${theme}</button>`,
  )
  .join('')}</div>
<label>Significance Threshold<input type="number" data-value="significance" value="90" min="50" max="99"></label>
<p class="wrong" data-part="significance-problem" hidden></p>
<label>Minimum Base Size<input type="number" data-value="base" value="0" min="0"></label>
<p class="wrong" data-part="base-problem" hidden></p>
<div>Weight <button type="button" role="combobox" aria-label="Weight Variable" aria-expanded="false" aria-controls="">None (unweighted)</button></div>
</section>`;

const overview = `<section data-step="4" hidden><dl data-part="overview"></dl>
<button type="button" aria-expanded="false" data-act="assumptions">Statistical Assumptions</button>
<p data-part="assumptions" hidden>Column proportions are compared by z-tests.</p></section>`;

export const wizardPage = `<div data-page="wizard"><h1>New Project</h1>
<nav aria-label="Wizard steps"><ol>${['Project Setup', 'Upload & Validate', 'Configure', 'Review & Launch']
  .map((step) => `<li>${step.replace('&', '&amp;')}</li>`)
  .join('')}</ol></nav>
${describe}${upload}${configure}${overview}
<footer class="row"><button type="button" data-act="back" hidden>Back</button><button type="button" data-act="next">Next</button>
<button type="button" data-act="launch" hidden>Launch Pipeline</button></footer></div>`;
