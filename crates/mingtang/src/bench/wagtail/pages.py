"""The addresses of the site; run as a program, it makes the site from `texts.jsonl` in its folder."""
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
FRAME = """{% load wagtailcore_tags %}<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{% block title %}{{ page.title }}{% endblock %}</title></head><body><nav>
{% for up in page.get_ancestors %}{% if up.depth > 1 %}<a href="{% pageurl up %}">{{ up.title }}</a>{% endif %}{% endfor %}
</nav><main><h1>{{ page.title }}</h1>{% block main %}{% endblock %}</main></body></html>"""
TEXT = """{% extends "frame.html" %}{% load wagtailcore_tags %}{% block main %}
<p>{{ page.issued|date:"Y-m-d" }}</p>{{ page.body|richtext }}{% endblock %}"""
LIST = """{% extends "frame.html" %}{% load wagtailcore_tags %}{% block main %}<ul>{% for text in texts %}
<li><a href="{% pageurl text %}">{{ text.title }}</a> {{ text.issued|date:"Y-m-d" }}</li>{% endfor %}</ul>
<p>{{ texts.paginator.count }} / {{ texts.paginator.num_pages }}</p>{% endblock %}"""


def make():
    import json
    from html import escape

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from peer.models import ListPage, TextPage
    from wagtail.models import Page, Site

    call_command("makemigrations", "peer", verbosity=0)
    call_command("migrate", verbosity=0)
    connection.cursor().execute("PRAGMA journal_mode=WAL")
    with transaction.atomic():
        top = Page.objects.get(depth=2)
        every = top.add_child(instance=ListPage(title="全部", slug="records"))
        for n, line in enumerate(open(HERE / "texts.jsonl", encoding="utf-8")):
            text = json.loads(line)
            body = "".join(f"<p>{escape(part)}</p>" for part in text["body"].splitlines() if part)
            page = TextPage(title=text["title"], slug=f"t{n}", issued=text["issued"], body=body)
            every.add_child(instance=page)
        Site.objects.update(hostname="127.0.0.1", root_page=top)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "peer.settings"
    (HERE / "templates").mkdir()
    for name, template in (("frame", FRAME), ("text", TEXT), ("list", LIST)):
        (HERE / "templates" / f"{name}.html").write_text(template, encoding="utf-8")
    make()
else:
    from django.urls import include, path
    from wagtail import urls as wagtail_urls

    urlpatterns = [path("", include(wagtail_urls))]
