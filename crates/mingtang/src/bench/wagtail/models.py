"""A text with its day, and the list of all texts, fifty on a page."""
from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page


class TextPage(Page):
    issued = models.DateField(db_index=True)
    body = RichTextField()
    template = "text.html"


class ListPage(Page):
    template = "list.html"

    def get_context(self, request):
        context = super().get_context(request)
        texts = TextPage.objects.child_of(self).live().order_by("-issued")
        context["texts"] = Paginator(texts, 50).get_page(request.GET.get("page"))
        return context
