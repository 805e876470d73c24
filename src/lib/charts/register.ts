import { Chart, Filler, LineController, LineElement, LinearScale, PointElement } from 'chart.js';

Chart.register(Filler, LineController, LineElement, LinearScale, PointElement);

export { Chart };
