"""A public text with what our page of it shows too, the office of the site, and the list of all, fifty on a page."""
from django.core.paginator import Paginator
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page


@register_setting
class Office(BaseSiteSetting):
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=50)


class TextTag(TaggedItemBase):
    content_object = ParentalKey("TextPage", related_name="tagged_items", on_delete=models.CASCADE)


class Attachment(Orderable):
    page = ParentalKey("TextPage", related_name="attachments", on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=200)


class TextPage(Page):
    issued = models.DateField(db_index=True)
    number = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=100)
    section = models.CharField(max_length=100)
    summary = models.CharField(max_length=400)
    body = RichTextField()
    keywords = ClusterTaggableManager(through=TextTag, blank=True)
    template = "text.html"


class ListPage(Page):
    template = "list.html"

    def get_context(self, request):
        context = super().get_context(request)
        texts = TextPage.objects.child_of(self).live().order_by("-issued").defer("body")
        context["texts"] = Paginator(texts, 50).get_page(request.GET.get("page"))
        return context
