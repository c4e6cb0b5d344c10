import type { Said } from "./words.ts";

/** Ready pieces of configuration for whoever runs a web server already. */

export interface Snippet {
  path: string;
  text: string;
  /** What is left to do by hand: another program's configuration is not ours to change. */
  next: Said;
}

export function caddySnippet(domain: string, port: number): Snippet {
  const path = "/etc/augenhoehe/Caddyfile";
  return {
    path,
    text: `${domain} {
	reverse_proxy 127.0.0.1:${port} {
		flush_interval -1
	}
}
`,
    next: {
      de: `Schreiben Sie die Zeile »import ${path}« in /etc/caddy/Caddyfile, dann: systemctl reload caddy`,
      en: `Add the line "import ${path}" to /etc/caddy/Caddyfile, then: systemctl reload caddy`,
    },
  };
}

/** Plain http at first; certbot adds the certificate to it. */
export function nginxSnippet(domain: string, port: number): Snippet {
  const path = "/etc/augenhoehe/nginx.conf";
  const site = `/etc/nginx/sites-enabled/${domain}`;
  return {
    path,
    text: `server {
	listen 80;
	listen [::]:80;
	server_name ${domain};
	location / {
		proxy_pass http://127.0.0.1:${port};
		proxy_http_version 1.1;
		proxy_set_header Host $host;
		proxy_set_header X-Forwarded-Host $host;
		proxy_set_header X-Forwarded-Proto $scheme;
		proxy_set_header X-Forwarded-For $remote_addr;
		proxy_buffering off;
		proxy_read_timeout 1h;
		client_max_body_size 12m;
	}
}
`,
    next: {
      de: `Dann: cp ${path} ${site} && nginx -t && systemctl reload nginx && certbot --nginx -d ${domain}`,
      en: `Then: cp ${path} ${site} && nginx -t && systemctl reload nginx && certbot --nginx -d ${domain}`,
    },
  };
}
