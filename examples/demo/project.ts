/** The project that the page shows; a product has it from its session. */
export const projectId = 'prj_fernway';
