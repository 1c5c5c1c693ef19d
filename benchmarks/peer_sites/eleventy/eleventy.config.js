module.exports = (config) => {
  config.addCollection("posts", (api) => api.getFilteredByGlob("posts/*.md").sort((a, b) => b.date - a.date));
  return { dir: { input: ".", output: "public", includes: "_includes" } };
};
