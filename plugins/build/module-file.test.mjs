import { EXTERNALS, externals } from './externals.mjs';
import { checkModuleFile, MODULE_BUDGET } from './module-file.mjs';

const amd = (names, body = '') => `/*! licence */\ndefine([${names.map((name) => `"${name}"`)}],(a)=>({${body}}))`;

describe('a built module.js', () => {
  it('names the modules that it wants of Grafana', () => {
    expect(checkModuleFile(amd(['@grafana/data', 'react']))).toEqual(['@grafana/data', 'react']);
    expect(checkModuleFile(amd([]))).toEqual([]);
  });

  it('is refused when it asks for what Grafana does not share', () => {
    expect(() => checkModuleFile(amd(['react', 'react/jsx-runtime']), { name: 'x/module.js' })).toThrow(
      'x/module.js asks for react/jsx-runtime, which Grafana does not share'
    );
  });

  it('is refused when it is not AMD', () => {
    expect(() => checkModuleFile('export const plugin = 1')).toThrow('AMD');
    expect(() => checkModuleFile('(() => { define(["react"], () => 1) })()')).toThrow('AMD');
  });

  it('is refused above the budget, which counts bytes', () => {
    const filling = 'é'.repeat(MODULE_BUDGET / 2);
    expect(() => checkModuleFile(amd(['react'], filling))).toThrow('more than the budget');
    expect(checkModuleFile(amd(['react'], filling), { budget: Infinity })).toEqual(['react']);
  });
});

describe('externals', () => {
  const answer = (request) => new Promise((resolve) => externals({ request, context: '/x' }, (...got) => resolve(got)));

  it('leaves out what Grafana shares and bundles the rest', async () => {
    expect(await answer('@grafana/ui')).toEqual([null, '@grafana/ui']);
    expect(await answer('react/jsx-runtime')).toEqual([]);
    expect(await answer('@grafana/schema')).toEqual([]);
    expect(await answer('./card')).toEqual([]);
    expect(EXTERNALS).toContain('rxjs/operators');
  });

  it("refuses paths inside of Grafana's packages, of which a second copy would be bundled", async () => {
    const [error] = await answer('@grafana/ui/dist/esm/index');
    expect(error.message).toContain("import from the package's root");
  });
});
