// Loaded when the first form of a draft is opened (form_view.js): the form editor is as large as all the rest.
import { FormDesigner } from './designer.js';

window.onecase = { ...window.onecase, FormDesigner };
