/** What roles are called on screens. */
export const ROLE_LABELS = {
	owner: 'Owner',
	editor: 'Editor',
	viewer: 'Viewer',
	author: 'Author'
} as const;
