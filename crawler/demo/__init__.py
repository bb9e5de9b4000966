"""The demo: a small portal in the style of real ones, and a tour of the commands over it."""

from crawler.demo.portal import DemoPortal

__all__ = ["DemoPortal"]
