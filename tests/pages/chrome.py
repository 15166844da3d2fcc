# ruff: noqa: E501  (sentences and markup stand whole)
"""What stands around the main content: menus, breadcrumb, search, cookies, share buttons, footer, scripts.

Menus and footers hold the words of labels, dates and phone numbers on purpose: none of them is a measure's.
"""

from __future__ import annotations

from random import Random

from tests.pages import words


def _menu(rng: Random) -> str:
    entries = rng.sample(words.MENU, rng.randint(6, len(words.MENU)))
    return "\n".join(
        f'<li class="menu-item"><a href="/lv/{index}">{entry}</a></li>' for index, entry in enumerate(entries)
    )


def modern(rng: Random, title: str, publisher: str, domain: str, content: str) -> str:
    """HTML5 landmarks, as the state's unified sites have them."""
    related = "".join(
        f"<li><a href='/lv/jaunums/{n}'>{text}</a> 1{n}.0{n + 3}.2024.</li>"
        for n, text in enumerate(words.RELATED)
    )
    return f"""<!DOCTYPE html>
<html lang="lv" dir="ltr" prefix="og: https://ogp.me/ns#">
<head>
<meta charset="utf-8">
<title>{title} | {publisher}</title>
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<meta property="og:title" content="{title}">
<style media="all">.accordion-button{{display:block}} .hidden{{display:none}}</style>
<script>window.dataLayer = window.dataLayer || []; var finansejums = "999 999 999 EUR"; if (1 < 2) {{ document.title; }}</script>
</head>
<body class="path-node page-node-type-page lang-lv">
<a href="#main-content" class="visually-hidden focusable skip-link">Pārlekt uz galveno saturu</a>
<div role="dialog" aria-label="Sīkdatnes" class="eu-cookie-compliance-banner" id="sliding-popup">
<h2>Šī tīmekļa vietne izmanto sīkdatnes</h2><p>Turpinot lietot vietni, Jūs piekrītat sīkdatņu izmantošanai.</p>
<button type="button" class="agree-button">Piekrītu</button><button type="button">Noraidīt</button></div>
<header class="header" role="banner">
<a class="logo" href="/lv">{publisher}</a>
<form class="search-form" role="search"><label for="s">Meklēt</label><input id="s" type="search" value=""><button>Meklēt</button></form>
<nav aria-label="Galvenā izvēlne" class="main-menu"><ul>
{_menu(rng)}
</ul></nav>
</header>
<nav class="breadcrumb" aria-label="Atpakaļceļš"><ol><li><a href="/lv">Sākums</a></li><li><a href="/lv/es-fondi">ES fondi</a></li></ol></nav>
<main role="main" id="main-content">
<h1 class="page-title">{title}</h1>
<div class="share-buttons"><button type="button">Dalīties</button><button type="button">Drukāt</button></div>
<article class="node node--type-page node--view-mode-full"><div class="node__content"><div class="text-long clearfix">
{content}
</div></div></article>
</main>
<aside class="sidebar" role="complementary"><h2>Saistītās aktualitātes</h2><ul>{related}</ul></aside>
<footer class="footer" role="contentinfo">
<h2>Kontaktinformācija</h2>
<p>{publisher}, tālr.: +371 67226209, e-pasts: pasts@{domain}.gov.lv</p>
<ul><li><a href="/lv/privatuma-politika">Privātuma politika</a></li><li><a href="/lv/lapas-karte">Lapas karte</a></li></ul>
</footer>
<script src="/themes/custom/site.js"></script>
<noscript><img src="https://stats.example.lv/pixel" alt=""></noscript>
</body>
</html>
"""


def older(rng: Random, title: str, publisher: str, domain: str, content: str) -> str:
    """Divs named by id alone, as sites had them before HTML5."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="lv">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>{title}</title>
<script type="text/javascript">//<![CDATA[
var x = "</p>4.9.9.9. pasākums";
//]]></script></head>
<body>
<div id="header"><div id="logo">{publisher}</div><div id="menu" class="menu"><ul>
{_menu(rng)}
</ul></div></div>
<div class="breadcrumbs"><a href="/">Sākums</a> &raquo; <a href="/es">ES fondi</a></div>
<div id="content"><h1>{title}</h1>
{content}
</div>
<div id="footer"><p>&copy; {publisher}. Tālr. 67226209, e-pasts: pasts@{domain}.gov.lv</p></div>
</body></html>
"""


def bare(rng: Random, title: str, publisher: str, domain: str, content: str) -> str:
    """Main content and nothing else: a saved fragment."""
    return f"<html><head><title>{title}</title><meta charset='utf-8'></head><body>\n<h1>{title}</h1>\n{content}\n</body></html>\n"


def in_windows_1257(page: str) -> bytes:
    """The page in the encoding that Latvian sites used before UTF-8, and says that it uses."""
    return page.replace("charset=utf-8", "charset=windows-1257").encode("cp1257", "xmlcharrefreplace")


SHELLS = {"modern": modern, "older": older, "bare": bare}
