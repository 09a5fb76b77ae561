"""sms-tui: a terminal editor for migration tasks of Huawei Cloud's Server Migration Service."""

__version__ = "0.1.0"
