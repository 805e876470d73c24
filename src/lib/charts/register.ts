import {
	Chart,
	Filler,
	LineController,
	LineElement,
	LinearScale,
	PointElement,
	Tooltip
} from 'chart.js';
import annotation from 'chartjs-plugin-annotation';

Chart.register(Filler, LineController, LineElement, LinearScale, PointElement, Tooltip, annotation);

export { Chart };
