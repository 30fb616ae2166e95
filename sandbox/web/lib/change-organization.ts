/** Goes on in another organisation, from its dashboard: the whole page is loaded anew. */
export function changeOrganization(organizationId: string): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/organization';
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'organization';
  field.value = organizationId;
  form.append(field);
  document.body.append(form);
  form.submit();
}
