import { hashToken, identify, requireScope, type TokenRule } from './access';

const rules: TokenRule[] = [
  { name: 'grafana', sha256: hashToken('g-secret'), scopes: ['read', 'act-as'] },
  { name: 'curl', sha256: hashToken('c-secret'), scopes: ['read'] },
];

describe('access', () => {
  it.each(['Bearer c-secret', 'Token c-secret', 'bearer   c-secret'])('knows a client by `%s`', (authorization) => {
    expect(identify({ authorization }, rules)).toMatchObject({ client: 'curl', user: 'curl', role: 'Viewer' });
  });

  it.each([undefined, '', 'c-secret', 'Basic c-secret', 'Bearer c-secre', `Bearer ${hashToken('c-secret')}`])(
    'refuses `%s`',
    (authorization) => {
      expect(() => identify({ authorization }, rules)).toThrow(expect.objectContaining({ code: 'ACCESS_TOKEN' }));
    }
  );

  it('believes a stated user and role only with act-as', () => {
    const stated = { 'x-kpi-user': 'ada', 'x-kpi-role': 'Editor' };
    expect(identify({ authorization: 'Bearer g-secret', ...stated }, rules)).toMatchObject({
      user: 'ada',
      role: 'Editor',
    });
    expect(identify({ authorization: 'Bearer c-secret', ...stated }, rules)).toMatchObject({
      user: 'curl',
      role: 'Viewer',
    });
  });

  it('lets a program that speaks for nobody do what its token may', () => {
    const role = (...scopes: TokenRule['scopes']) =>
      identify({ authorization: 'Bearer s', 'x-kpi-role': 'Admin' }, [{ name: 's', sha256: hashToken('s'), scopes }])
        .role;
    expect([role('read'), role('read', 'write'), role('admin')]).toEqual(['Viewer', 'Editor', 'Admin']);
    expect(role('read', 'write', 'act-as')).toBe('Admin');
  });

  it('takes an unknown role for the least one', () => {
    const headers = { authorization: 'Bearer g-secret', 'x-kpi-role': 'Owner' };
    expect(identify(headers, rules).role).toBe('Viewer');
  });

  it('says which scope a token lacks', () => {
    const caller = identify({ authorization: 'Bearer c-secret' }, rules);
    expect(() => requireScope(caller, 'read')).not.toThrow();
    expect(() => requireScope(caller, 'write')).toThrow(
      expect.objectContaining({ code: 'ACCESS_SCOPE', message: expect.stringContaining('`write`') })
    );
  });
});
