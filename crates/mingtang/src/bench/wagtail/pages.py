"""The addresses of the site; run as a program, it makes the site from `texts.jsonl` in its folder."""
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SECTIONS = ["政府信息公开", "决策公开", "执行公开", "管理公开", "服务公开", "结果公开", "互动交流"]
FRAME = """{% load wagtailcore_tags %}{% wagtail_site as site %}<!doctype html><html lang="zh-CN"><head>
<meta charset="utf-8"><title>{{ page.title }}</title></head><body><header>{{ settings.peer.Office.name }}<nav>
{% for item in site.root_page.get_children.live.in_menu %}<a href="{% pageurl item %}">{{ item.title }}</a>{% endfor %}
</nav><nav>{% for up in page.get_ancestors %}{% if up.depth > 1 %}<a href="{% pageurl up %}">{{ up.title }}</a>
{% endif %}{% endfor %}</nav></header><main><h1>{{ page.title }}</h1>{% block main %}{% endblock %}</main><footer>
{{ settings.peer.Office.address }} {{ settings.peer.Office.phone }}</footer></body></html>"""
TEXT = """{% extends "frame.html" %}{% load wagtailcore_tags %}{% block main %}<dl><dt>文号</dt><dd>{{ page.number }}</dd>
<dt>发布机构</dt><dd>{{ page.issuer }}</dd><dt>责任科室</dt><dd>{{ page.section }}</dd><dt>成文日期</dt>
<dd>{{ page.issued|date:"Y-m-d" }}</dd><dt>公开日期</dt><dd>{{ page.first_published_at|date:"Y-m-d H:i" }}</dd>
<dt>内容概述</dt><dd>{{ page.summary }}</dd><dt>关键词</dt><dd>{% for tag in page.keywords.all %}{{ tag }} {% endfor %}</dd></dl>
{{ page.body|richtext }}<ul>{% for file in page.attachments.all %}<li><a href="{{ file.address }}">{{ file.title }}</a></li>
{% endfor %}</ul>{% endblock %}"""
LIST = """{% extends "frame.html" %}{% load wagtailcore_tags %}{% block main %}<ul>{% for text in texts %}
<li><a href="{% pageurl text %}">{{ text.title }}</a> {{ text.issuer }} {{ text.issued|date:"Y-m-d" }}</li>{% endfor %}</ul>
<p>{{ texts.paginator.count }} / {{ texts.paginator.num_pages }}</p>{% endblock %}"""


def make():
    import json
    from html import escape

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone
    from peer.models import ListPage, Office, TextPage
    from wagtail.models import Page, Site

    call_command("makemigrations", "peer", verbosity=0)
    call_command("migrate", verbosity=0)
    connection.cursor().execute("PRAGMA journal_mode=WAL")
    with transaction.atomic():
        top = Page.objects.get(depth=2)
        Site.objects.update(hostname="127.0.0.1", root_page=top)
        office = Office(site=Site.objects.get(), name="基准测试机关", address="示例路1号", phone="12345")
        office.save()
        for n, title in enumerate(SECTIONS):
            top.add_child(instance=ListPage(title=title, slug=f"s{n}", show_in_menus=True))
        every = top.add_child(instance=ListPage(title="全部", slug="records", show_in_menus=True))
        for n, line in enumerate(open(HERE / "texts.jsonl", encoding="utf-8")):
            text = json.loads(line)
            text["body"] = "".join(f"<p>{escape(part)}</p>" for part in text["body"].splitlines() if part)
            keywords = text.pop("keywords")
            page = TextPage(slug=f"t{n}", first_published_at=timezone.now(), **text)
            page.keywords.add(*keywords)
            every.add_child(instance=page)


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
