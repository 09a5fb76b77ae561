"""sms-tui: a terminal editor for migration tasks of Huawei Cloud's Server Migration Service.

The packages are its layers. Beside them stand modules that know nothing of tasks, for all layers to use: `exactjson`
reads and writes JSON without loss, `rereading` and `pieces` do so in parts where it is long; `language` speaks to
people, `inert` makes text from outside fit for a terminal; `meanwhile` has done in a thread what takes long, `garbage`
keeps the collector from large tasks, `ends` finds where two lists differ.
"""

__version__ = "0.1.0"
