"""Print a page with WebKit: FILE ADDRESS WIDTH HEIGHT, the window in pixels.

Run by the system’s Python, which has Debian’s packages python3-gi and gir1.2-webkit2-4.1.
"""

import sys

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('WebKit2', '4.1')
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

file, address, width, height = sys.argv[1:]
AT_MOST = 30  # seconds


def shown(view: WebKit2.WebView, event: WebKit2.LoadEvent) -> None:
    """When all is loaded, wait for the letters."""
    if event == WebKit2.LoadEvent.FINISHED:
        ready = 'return document.fonts.ready.then(() => true)'
        view.call_async_javascript_function(ready, -1, None, None, None, None, printed)


def printed(view: WebKit2.WebView, _result: object) -> None:
    """Print, and end."""
    settings = Gtk.PrintSettings()
    settings.set_printer('Print to File')
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, 'pdf')
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, f'file://{file}')
    view.printing = WebKit2.PrintOperation.new(view)
    view.printing.set_print_settings(settings)
    view.printing.connect('finished', lambda _: Gtk.main_quit())
    view.printing.print_()


window = Gtk.Window()
window.set_default_size(int(width), int(height))
view = WebKit2.WebView()
view.connect('load-changed', shown)
window.add(view)
window.show_all()
view.load_uri(address)
GLib.timeout_add_seconds(AT_MOST, Gtk.main_quit)
Gtk.main()
