export function NotFoundPage() {
  return (
    <main className="crash">
      <h1>404</h1>
      <h2>This page could not be found.</h2>
      <a href="/dashboard">Back to Dashboard</a>
    </main>
  );
}
