import { useNavigate } from 'react-router';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Button } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export function ProjectNotFound({ description }: { description: string }) {
  const navigate = useNavigate();
  return (
    <div>
      <Breadcrumbs trail={[{ label: 'Dashboard', href: '/dashboard' }, { label: 'Not Found' }]} />
      <PageHeader title="Project Not Found" description={description} />
      <Button variant="outline" onClick={() => void navigate('/dashboard')}>
        Back to Dashboard
      </Button>
    </div>
  );
}
