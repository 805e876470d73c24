import annotation from 'chartjs-plugin-annotation';
import { Chart } from '#lib/charts/register.ts';

Chart.register(annotation);

export { Chart };
