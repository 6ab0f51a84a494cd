import { defineConfig } from "vite";

import { small } from "./building";

// One module for both doors: the page served by `cpit workbench` and the cell of JupyterLab.
export default defineConfig({
  define: { "process.env.NODE_ENV": '"production"' },
  // Children are arguments, and calls bear no mark of their purity: 20 kB less out of 240.
  oxc: {
    jsx: { runtime: "classic", pragma: "h_", pragmaFrag: "Fragment_", pure: false },
    jsxInject: 'import { h as h_, Fragment as Fragment_ } from "preact";',
  },
  plugins: [small],
  build: {
    target: "es2022",
    outDir: "../cpit_research/workbench/static",
    emptyOutDir: false,
    sourcemap: false,
    cssCodeSplit: false,
    // A library keeps its white space otherwise.
    rolldownOptions: { output: { minify: true } },
    lib: {
      entry: "src/main.tsx",
      formats: ["es"],
      fileName: () => "workbench.js",
      cssFileName: "workbench",
    },
  },
});
