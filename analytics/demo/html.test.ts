import { describe, expect, it } from 'vitest';
import { escapeHtml, html, trusted } from './html.ts';

describe('html', () => {
	it('escapes what is put in', () => {
		expect(escapeHtml(`<b a="1" b='2'>&`)).toBe('&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;');
		expect(html`<p title="${'"'}">${'<script>'}${7}</p>`.text).toBe(
			'<p title="&quot;">&lt;script&gt;7</p>'
		);
	});

	it('leaves markup as it is, also in lists', () => {
		const items = ['&', 'b'].map((text) => html`<i>${text}</i>`);
		expect(html`${items}${trusted('<br>')}`.text).toBe('<i>&amp;</i><i>b</i><br>');
	});
});
