"""Chat models behind `ports.ChatModel`: any OpenAI-compatible endpoint, any LangChain provider, the embedded one."""

from copilot.adapters.chat.embedded import EmbeddedChat
from copilot.adapters.chat.endpoint import first_model, is_local
from copilot.adapters.chat.failures import Unreachable
from copilot.adapters.chat.langchain_any import LangChainChat
from copilot.adapters.chat.openai_compatible import OpenAICompatibleChat

__all__ = ["EmbeddedChat", "LangChainChat", "OpenAICompatibleChat", "Unreachable", "first_model", "is_local"]
