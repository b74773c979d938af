export { imageOf, variants, type Image, type Variant } from "./image.js";
export { layoutOf, type ImageName } from "./layout.js";
export { annotationsOf, projectOf, type Project } from "./project.js";
export { pushImage, type PushOptions } from "./push.js";
export { parseName, parseReference, type Reference } from "./reference.js";
export { sbomOf } from "./sbom.js";
export { originsOf } from "./sources.js";
export { tarOf } from "./tar.js";
export { writeLayout } from "./write.js";
