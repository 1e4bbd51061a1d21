import grafana from '@grafana/eslint-config';

export default [
  { ignores: ['**/dist/**', '**/node_modules/**', '.kpi/**', '**/*.d.ts'] },
  ...(Array.isArray(grafana) ? grafana : [grafana]),
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      // The automatic JSX runtime needs no React in scope.
      'react/react-in-jsx-scope': 'off',
    },
  },
];
